import type { Temporal } from 'temporal-polyfill'

/**
 * Calendar days from the notice within which a claim should be with the administrator. FR: two months from the publication (Code de
 * commerce R622-24); PL: 30 days from the announcement (Prawo upadłościowe art. 51); BE: at most 30 days after the judgment (WER XX.104);
 * DE: the court sets two weeks to three months (InsO § 28). Elsewhere the notice or the administrator names the day, and two weeks are early enough to ask.
 */
const days: Record<string, number> = { FR: 60, PL: 30, BE: 30, DE: 14 }

/** The day by which a claim on an insolvent debtor of a country (ISO 3166-1) is to be filed; counted from the notice, as publication days are not known here. */
export const claimDeadline = (country: string | null, noticed: Temporal.PlainDate): Temporal.PlainDate => noticed.add({ days: days[country ?? ''] ?? 14 })
