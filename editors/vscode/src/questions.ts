// What is wrong with the answers that a person types; nothing if they can be used.

import { isIP } from 'node:net';

export function problemWithAddress(text: string): string | undefined {
  const fits = /^[^\s@<>]+@[^\s@<>]+$/.test(text.trim());
  return fits ? undefined : 'Write a mail address, such as news@example.com.';
}

export function problemWithClient(text: string): string | undefined {
  const address = text.trim();
  return address === '' || isIP(address) !== 0 ? undefined : 'Write an IP address, such as 192.0.2.1, or nothing.';
}

export function problemWithQueue(text: string): string | undefined {
  const fits = /^[^\s/]+(\/[^\s/]+)?$/.test(text.trim());
  return fits ? undefined : 'Write a domain, such as gmail.com, or domain/VirtualMTA, such as gmail.com/news.';
}
