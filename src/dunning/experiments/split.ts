import { createHmac } from 'node:crypto'

export type VariantName = 'a' | 'b'

/**
 * Which variant a unit (a debtor, or a central file) gets: half of them each. It rests on the two names alone, so it stays whoever comes in
 * beside it, and says nothing about the same unit in another experiment.
 */
export const variantFor = (experiment: string, unit: string): VariantName =>
  (createHmac('sha256', experiment).update(unit).digest()[0] ?? 0) < 128 ? 'a' : 'b'
