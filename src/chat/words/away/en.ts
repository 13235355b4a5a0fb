/** What is said about colleagues whose status says that they are away, in English. */
export const awayEn = {
  seemsAwayUntil: (name: string, day: string) => `${name} seems to be away until ${day}`,
  seemsAway: (name: string) => `${name} seems to be away`,
  status: (said: string) => `Slack status: ${said}`,
  statusNoEnd: (said: string) => `Slack status, without an end: ${said}`,
  waits: (count: number) => (count === 0 ? 'Nothing waits for them now.' : count === 1 ? 'One thing waits for them.' : `${count} things wait for them.`),
  nothingMoves: (command: string) => `Their work stays where it is until somebody covers them. For somebody else to do so: ${command}`,
  iCover: (day: string) => `I cover until ${day}`,
  theyWork: 'They work',
  isAway: (name: string) => `${name} is away`,
  works: (name: string) => `${name} works`,
  saidBy: (name: string) => `${name} says so. Nothing more is asked about this status.`,
  seemedAway: (name: string) => `${name} seemed to be away`,
  over: 'Their status says so no more.',
}

export type AwayWords = typeof awayEn
