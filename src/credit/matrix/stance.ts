/** How a creditor stands towards a debtor, from the softest to the hardest. */
export const stances = ['develop', 'maintain', 'reinforce', 'reduce', 'compensate', 'stop', 'pre_litigation', 'offer_for_sale'] as const
export type Stance = (typeof stances)[number]

/** Whether the first stance is softer than the second one. */
export const isSofter = (one: Stance, other: Stance): boolean => stances.indexOf(one) < stances.indexOf(other)

/** A stance as it was stored. */
export const stanceNamed = (stance: string): Stance => stances.find(known => known === stance) ?? 'maintain'
