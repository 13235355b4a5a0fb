import type { AwayWords } from './en.ts'

/** What is said about colleagues whose status says that they are away, in Polish. */
export const awayPl: AwayWords = {
  seemsAwayUntil: (name, day) => `${name}: prawdopodobna nieobecność do ${day}`,
  seemsAway: name => `${name}: prawdopodobna nieobecność`,
  status: said => `Status w Slacku: ${said}`,
  statusNoEnd: said => `Status w Slacku, bez daty końca: ${said}`,
  waits: count => (count === 0 ? 'Nic teraz nie czeka na tę osobę.' : `Sprawy, które czekają na tę osobę: ${count}.`),
  nothingMoves: command => `Praca zostaje na miejscu, dopóki nikt nie zastępuje. Ktoś inny: ${command}`,
  iCover: day => `Zastępuję do ${day}`,
  theyWork: 'Pracuje',
  isAway: name => `${name}: nieobecność`,
  works: name => `${name} pracuje`,
  saidBy: name => `Tak mówi ${name}. O ten status nie będzie już pytań.`,
  seemedAway: name => `${name}: przypuszczano nieobecność`,
  over: 'Status już tego nie mówi.',
}
