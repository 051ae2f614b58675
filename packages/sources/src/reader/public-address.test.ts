import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isLoopbackHost, isPublicAddress } from './public-address.ts';

/** Of IANA's registries of special-purpose addresses: the first and the last of each, and their neighbours outside. */
const special4 = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '239.255.255.255'],
  ['240.0.0.0', '255.255.255.255'],
] as const;

const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const addressOf = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
const isSpecial = (number: number) =>
  special4.some(([first, last]) => number >= numberOf(first) && number <= numberOf(last));

describe('an IPv4 address', () => {
  it.each(special4)('between %s and %s is not public, its neighbours are', (first, last) => {
    expect(isPublicAddress(first)).toBe(false);
    expect(isPublicAddress(last)).toBe(false);
    for (const neighbour of [numberOf(first) - 1, numberOf(last) + 1])
      if (neighbour >= 0 && neighbour <= 0xffffffff && !isSpecial(neighbour))
        expect([addressOf(neighbour), isPublicAddress(addressOf(neighbour))]).toEqual([addressOf(neighbour), true]);
  });

  it('is public exactly where no registry has it, and in the clothes of IPv6 the same', () => {
    const inside = fc
      .constantFrom(...special4)
      .chain(([first, last]) => fc.integer({ min: numberOf(first), max: numberOf(last) }));
    fc.assert(
      fc.property(fc.oneof(inside, fc.integer({ min: 0, max: 0xffffffff })), (number) => {
        const address = addressOf(number);
        const hex = `::ffff:${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}`;
        expect(isPublicAddress(address)).toBe(!isSpecial(number));
        expect(isPublicAddress(`::ffff:${address}`)).toBe(!isSpecial(number));
        expect(isPublicAddress(`::FFFF:${address}`)).toBe(!isSpecial(number));
        expect(isPublicAddress(hex)).toBe(!isSpecial(number));
        expect(isLoopbackAddress(hex)).toBe(address.startsWith('127.'));
        expect(isLoopbackAddress(`::ffff:${address}`)).toBe(address.startsWith('127.'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an IPv6 address', () => {
  it.each([
    '::',
    '::1',
    '::2',
    '::7f00:1',
    '::127.0.0.1',
    '::10.0.0.1',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::1',
    '100::1',
    '1fff:ffff::1',
    '2001::1',
    '2001:1ff:ffff::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '3fff:fff:ffff::1',
    '4000::1',
    '5f00::1',
    '8000::1',
    'fc00::1',
    'fd12:3456:789a::1',
    'fe80::1',
    'fe80::1%eth0',
    'fe80::1%25eth0',
    'febf::1',
    'fec0::1',
    'ff02::1',
    '0:0:0:0:0:0:0:1',
    '0000:0000:0000:0000:0000:ffff:127.0.0.1',
    '0:0:0:0:0:ffff:a00:1',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['2001:200::1', '2001:4860:4860::8888', '2606:4700::1111', '2a00:1450:4001::1', '3ffe::1', '2003::1'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

it.each([
  '',
  ' ',
  'localhost',
  'example.org',
  '8.8.8',
  '8.8.8.8.8',
  '8.8.8.256',
  '8.8.8.8 ',
  '8.8.8.8:80',
  '08.8.8.8',
  '0x8.8.8.8',
  '134744072',
  '[2606:4700::1111]',
  '2606:4700::1111::',
  '%eth0',
  '::ffff:8.8.8.256',
  '8.8.8.8\n10.0.0.1',
  '8.8.8.8,10.0.0.1',
])('%j is no address, so it is not public', (junk) => expect(isPublicAddress(junk)).toBe(false));

it('knows this machine by its addresses and its name, and by nothing that looks like them', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]', '::1', '[::ffff:7f00:1]'])
    expect([host, isLoopbackHost(host)]).toEqual([host, true]);
  for (const host of [
    '127.0.0.1.example.org',
    'localhost.example.org',
    'example.org',
    'local-host',
    '128.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '[::2]',
    '[::7f00:1]',
    '',
  ])
    expect([host, isLoopbackHost(host)]).toEqual([host, false]);
});
