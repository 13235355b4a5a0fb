import type { AwayWords } from './en.ts'

/** What is said about colleagues whose status says that they are away, in Dutch. */
export const awayNl: AwayWords = {
  seemsAwayUntil: (name, day) => `${name} lijkt afwezig tot en met ${day}`,
  seemsAway: name => `${name} lijkt afwezig`,
  status: said => `Status in Slack: ${said}`,
  statusNoEnd: said => `Status in Slack, zonder einddatum: ${said}`,
  waits: count =>
    count === 0 ? 'Er wacht nu niets op deze collega.' : count === 1 ? 'Er wacht één zaak op deze collega.' : `Er wachten ${count} zaken op deze collega.`,
  nothingMoves: command => `Het werk blijft waar het is tot iemand vervangt. Iemand anders: ${command}`,
  iCover: day => `Ik vervang tot en met ${day}`,
  theyWork: 'Is gewoon aan het werk',
  isAway: name => `${name} is afwezig`,
  works: name => `${name} is aan het werk`,
  saidBy: name => `Dat zegt ${name}. Over deze status wordt niets meer gevraagd.`,
  seemedAway: name => `${name} leek afwezig`,
  over: 'De status zegt dat niet meer.',
}
