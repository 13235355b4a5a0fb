import type { AssistantWords } from './en.ts'

/** What is said to sentences, in French. */
export const assistantFr: AssistantWords = {
  ran: (command: string) => `Lu comme : ${command}`,
  unclear: (text: string) =>
    `« ${text} » n’est pas clair pour Duncan. Essayez : « Que nous doit Visser ? », « Mails de Visser », « Que dois-je faire ? », « Qui est absent ? »`,
}
