import type { Db } from '#platform'

/**
 * How mails sound, from mild to plain. The ladder ends before threats: costs, collectors and courts are words of a legal step, which no
 * reply is.
 */
export const tones = ['friendly', 'neutral', 'firm'] as const
export type Tone = (typeof tones)[number]

/** The first of the given tones that there is; neutral when none is. */
export function chooseTone(...preferred: (string | null | undefined)[]): Tone {
  return preferred.flatMap(wish => tones.find(tone => tone === wish) ?? [])[0] ?? 'neutral'
}

/** Sets how mails to a debtor sound, or with null leaves it to its segment and administration; says whether that was otherwise before. */
export async function setTone(tx: Db, debtorId: number, tone: Tone | null): Promise<boolean> {
  const debtor = await tx.debtor.findUniqueOrThrow({ where: { id: debtorId }, select: { tone: true } })
  if (debtor.tone === tone) return false
  await tx.debtor.update({ where: { id: debtorId }, data: { tone } })
  return true
}
