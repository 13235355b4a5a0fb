import type { AwayWords } from './en.ts'

/** What is said about colleagues whose status says that they are away, in German. */
export const awayDe: AwayWords = {
  seemsAwayUntil: (name, day) => `${name} ist wohl bis ${day} abwesend`,
  seemsAway: name => `${name} ist wohl abwesend`,
  status: said => `Status in Slack: ${said}`,
  statusNoEnd: said => `Status in Slack, ohne Ende: ${said}`,
  waits: count => (count === 0 ? 'Es wartet gerade nichts.' : count === 1 ? 'Ein Vorgang wartet.' : `${count} Vorgänge warten.`),
  nothingMoves: command => `Die Arbeit bleibt, wo sie ist, bis jemand vertritt. Jemand anderes: ${command}`,
  iCover: day => `Ich vertrete bis ${day}`,
  theyWork: 'Ist nicht abwesend',
  isAway: name => `${name} ist abwesend`,
  works: name => `${name} ist nicht abwesend`,
  saidBy: name => `Das sagt ${name}. Zu diesem Status wird nicht mehr gefragt.`,
  seemedAway: name => `${name} schien abwesend`,
  over: 'Der Status sagt das nicht mehr.',
}
