import type { AssistantWords } from './en.ts'

/** What is said to sentences, in Dutch. */
export const assistantNl: AssistantWords = {
  ran: (command: string) => `Gelezen als: ${command}`,
  unclear: (text: string) =>
    `“${text}” is Duncan niet duidelijk. Probeer: “Wat staat er open bij Visser?”, “Mails van Visser”, “Wat wacht op mij?”, “Wie is er weg?”`,
}
