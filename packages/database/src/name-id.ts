import { hash } from 'node:crypto';

/**
 * An id that follows from a name: the same name, the same id, so that nobody has to look it up. UUID version 8 over SHA-256
 * (RFC 9562, section 5.8 and appendix B.2).
 */
export function nameId(name: string): string {
  const digits = hash('sha256', name);
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** 64 bits that follow from a name, as PostgreSQL's bigint in decimal. Two names may share them: only where that does no harm. */
export function nameNumber(name: string): string {
  return BigInt.asIntN(64, BigInt(`0x${hash('sha256', name).slice(0, 16)}`)).toString();
}
