import type { AssistantWords } from './en.ts'

/** What is said to sentences, in Polish. */
export const assistantPl: AssistantWords = {
  ran: (command: string) => `Odczytane jako: ${command}`,
  unclear: (text: string) =>
    `„${text}” nie jest dla Duncana jasne. Spróbuj: „Ile jest nam winien Visser?”, „Maile od Visser”, „Co czeka na mnie?”, „Kto jest nieobecny?”`,
}
