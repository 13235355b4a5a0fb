import type { AssistantWords } from './en.ts'

/** What is said to sentences, in German. */
export const assistantDe: AssistantWords = {
  ran: (command: string) => `Gelesen als: ${command}`,
  unclear: (text: string) =>
    `„${text}“ ist Duncan nicht klar. Versuchen Sie: „Was schuldet uns Visser?“, „Mails von Visser“, „Was wartet auf mich?“, „Wer ist abwesend?“`,
}
