//! What an address range covers, for those who ask more than whether it is written right.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A range of addresses: `10/8`, `192.0.2.0/24`, `::1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AddressRange {
    /// First address; an IPv4 address in the lowest 32 bits.
    network: u128,
    /// How many leading bits all addresses of the range share.
    bits: u32,
    /// Bits of an address: 32 or 128.
    width: u32,
}

/// Ranges that no router of the internet knows the way to.
const PRIVATE: [&str; 9] = [
    "127/8",
    "10/8",
    "172.16/12",
    "192.168/16",
    "169.254/16",
    "100.64/10",
    "::1",
    "fc00::/7",
    "fe80::/10",
];

/// Whether the argument of a source is meant as an address or a range of addresses, written right or
/// not, so that it is no name.
pub(crate) fn is_address_like(text: &str) -> bool {
    let all = |is_part: fn(&u8) -> bool| text.as_bytes().iter().all(is_part);
    let is_v4 = text.starts_with(|first: char| first.is_ascii_digit())
        && all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'/'));
    let is_v6 = text.contains(':')
        && all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.' | b'/'));
    // `192.0.2.1-9` is in use, though documented nowhere.
    let first = text.split_once('-').map(|(first, _)| first);
    is_v4 || is_v6 || first.is_some_and(|first| first.parse::<Ipv4Addr>().is_ok())
}

/// This host alone.
const LOOPBACK: [&str; 2] = ["127/8", "::1"];

impl AddressRange {
    /// Reads a range or a single address. Octets at the end of an IPv4 range may be left out.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let Some((prefix, bits)) = text.split_once('/') else {
            return text.parse().ok().map(Self::single);
        };
        let bits: u32 = bits.parse().ok()?;
        if prefix.contains(':') {
            let address: Ipv6Addr = prefix.parse().ok()?;
            return (bits <= 128).then(|| Self::v6(address, bits));
        }
        let mut octets = [0u8; 4];
        let mut written = prefix.split('.');
        for (index, octet) in octets.iter_mut().enumerate() {
            match written.next() {
                Some(text) => *octet = text.parse().ok()?,
                None if index > 0 => {}
                None => return None,
            }
        }
        let is_complete = written.next().is_none();
        (is_complete && bits <= 32).then(|| Self::v4(octets.into(), bits))
    }

    fn single(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::v4(address, 32),
            IpAddr::V6(address) => Self::v6(address, 128),
        }
    }

    fn v4(address: Ipv4Addr, bits: u32) -> Self {
        Self::of(u128::from(address.to_bits()), bits, 32)
    }

    fn v6(address: Ipv6Addr, bits: u32) -> Self {
        Self::of(address.to_bits(), bits, 128)
    }

    fn of(address: u128, bits: u32, width: u32) -> Self {
        let free = width.saturating_sub(bits);
        let mask = u128::MAX.checked_shl(free).unwrap_or(0);
        Self {
            network: address & mask,
            bits,
            width,
        }
    }

    /// Whether an address lies in it. A range of no bits, such as `0/0`, holds all addresses of both
    /// families.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        self.is_everything() || Self::single(address).is_within(self)
    }

    /// Whether some address lies in both.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        let has_all = self.is_everything() || other.is_everything();
        has_all || self.is_within(other) || other.is_within(self)
    }

    /// Its first address.
    pub(crate) fn first(self) -> IpAddr {
        match u32::try_from(self.network) {
            Ok(address) if self.width == 32 => Ipv4Addr::from_bits(address).into(),
            _ => Ipv6Addr::from_bits(self.network).into(),
        }
    }

    /// Its one address; none if it holds several.
    pub(crate) fn only(self) -> Option<IpAddr> {
        (self.bits == self.width).then(|| self.first())
    }

    /// Whether it covers every address of its family.
    pub(crate) fn is_everything(self) -> bool {
        self.bits == 0
    }

    /// Whether it is of IPv6 addresses.
    pub(crate) fn is_v6(self) -> bool {
        self.width == 128
    }

    /// How many leading bits its addresses share.
    pub(crate) fn bits(self) -> u32 {
        self.bits
    }

    /// Whether all of it is this host.
    pub(crate) fn is_loopback(self) -> bool {
        self.is_within_one_of(&LOOPBACK)
    }

    /// Whether none of it can be reached over the internet.
    pub(crate) fn is_private(self) -> bool {
        self.is_within_one_of(&PRIVATE)
    }

    fn is_within_one_of(self, ranges: &[&str]) -> bool {
        let mut outer = ranges.iter().filter_map(|text| Self::read(text));
        outer.any(|outer| self.is_within(outer))
    }

    fn is_within(self, outer: Self) -> bool {
        let same_start = Self::of(self.network, outer.bits, outer.width) == outer;
        self.width == outer.width && self.bits >= outer.bits && same_start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> AddressRange {
        AddressRange::read(text).expect(text)
    }

    #[test]
    fn short_octets_and_single_addresses() {
        assert_eq!(read("10/8"), read("10.0.0.0/8"));
        assert_eq!(read("10.1.2.3/8"), read("10/8"));
        assert_eq!(read("192.0.2.1"), read("192.0.2.1/32"));
        assert_eq!(read("::1"), read("::1/128"));
        for wrong in ["", "/8", "10.1", "10/33", "::/129", "1.2.3.4.5/8", "{auth}"] {
            assert_eq!(AddressRange::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ranges_hold_the_addresses_that_begin_like_them() {
        for (range, inside, outside) in [
            ("10/8", "10.9.8.7", "11.0.0.1"),
            ("173.194/16", "173.194.1.2", "173.195.1.2"),
            ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
            ("2001:db8::/32", "2001:db8::1", "2001:db9::1"),
            ("::1", "::1", "127.0.0.1"),
        ] {
            assert!(read(range).contains(inside.parse().unwrap()), "{range}");
            assert!(!read(range).contains(outside.parse().unwrap()), "{range}");
        }
        let all = read("0/0");
        assert!(all.contains("192.0.2.1".parse().unwrap()) && all.contains("::1".parse().unwrap()));
        assert!(read("10.1/16").overlaps(read("10/8")) && read("10/8").overlaps(read("10.1/16")));
        assert!(!read("10.1/16").overlaps(read("10.2/16")) && all.overlaps(read("::1")));
        assert_eq!(read("192.0.2.7/24").first().to_string(), "192.0.2.0");
        assert_eq!(read("2001:db8::/32").first().to_string(), "2001:db8::");
        assert_eq!(read("192.0.2.7").only(), "192.0.2.7".parse().ok());
        assert_eq!(read("192.0.2.0/31").only(), None);
    }

    #[test]
    fn addresses_are_told_from_names() {
        for address in [
            "192.0.2.1",
            "0/0",
            "10.1/99",
            "::1",
            "2001:db8::/32",
            "1.2.3.4.5",
            "192.0.2.1-9",
        ] {
            assert!(is_address_like(address), "{address}");
        }
        for name in ["", "{auth}", "abc", "12ab", "a.b", "2026-11", "listener:25"] {
            assert!(!is_address_like(name), "{name}");
        }
    }

    #[test]
    fn everything_this_host_and_private_networks() {
        assert!(read("0/0").is_everything() && read("::/0").is_everything());
        assert!(!read("0/1").is_everything());
        assert!(read("127.0.0.1").is_loopback() && read("127/8").is_loopback());
        assert!(!read("126/7").is_loopback() && !read("0/0").is_loopback());
        assert!(read("172.31.4.82").is_private() && !read("172.32/16").is_private());
        assert!(read("fd00::/8").is_private() && !read("2001:db8::/32").is_private());
    }
}
