//! Ranges of addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address, or all that begin like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AddressRange {
    address: IpAddr,
    /// How many bits of it count.
    pub(crate) bits: u32,
}

impl AddressRange {
    /// Reads `10/8`, `0/0`, `192.0.2.1` or `2001:db8::/32`. Octets at the end may be left out where
    /// the number of bits is given.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let Some((address, bits)) = text.split_once('/') else {
            let address: IpAddr = text.parse().ok()?;
            return Some(Self {
                address,
                bits: width(address),
            });
        };
        let address = if address.contains(':') {
            IpAddr::V6(address.parse::<Ipv6Addr>().ok()?)
        } else {
            IpAddr::V4(short_address(address)?)
        };
        let bits: u32 = bits.parse().ok()?;
        (bits <= width(address)).then_some(Self { address, bits })
    }

    /// Whether the address lies in the range. A range of no bits, such as `0/0`, holds all addresses
    /// of both kinds.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        if self.bits == 0 {
            return true;
        }
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let apart = u32::from(own) ^ u32::from(other);
                apart.leading_zeros() >= self.bits
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let apart = u128::from(own) ^ u128::from(other);
                apart.leading_zeros() >= self.bits
            }
            _ => false,
        }
    }

    /// Its first address.
    pub(crate) fn first(self) -> IpAddr {
        self.address
    }

    /// Its one address; none if it holds several.
    pub(crate) fn single(self) -> Option<IpAddr> {
        (self.bits == width(self.address)).then_some(self.address)
    }
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn short_address(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut written = text.split('.');
    for (octet, text) in octets.iter_mut().zip(written.by_ref()) {
        *octet = text.parse().ok()?;
    }
    written.next().is_none().then(|| Ipv4Addr::from(octets))
}

#[cfg(test)]
mod tests {
    use super::AddressRange;

    #[test]
    fn ranges_hold_the_addresses_that_begin_like_them() {
        for (range, inside, outside) in [
            ("10/8", "10.9.8.7", "11.0.0.1"),
            ("173.194/16", "173.194.1.2", "173.195.1.2"),
            ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
            ("2001:db8::/32", "2001:db8::1", "2001:db9::1"),
            ("::1", "::1", "127.0.0.1"),
        ] {
            let range = AddressRange::parse(range).unwrap();
            assert!(range.contains(inside.parse().unwrap()), "{range:?}");
            assert!(!range.contains(outside.parse().unwrap()), "{range:?}");
        }
        let all = AddressRange::parse("0/0").unwrap();
        assert!(all.contains("192.0.2.1".parse().unwrap()) && all.contains("::1".parse().unwrap()));
        for wrong in ["10.*", "10-20", "10/33", "1.2.3.4.5/8", "name", ""] {
            assert_eq!(AddressRange::parse(wrong), None, "{wrong}");
        }
    }
}
