/** What is said to sentences, in English. */
export const assistantEn = {
  ran: (command: string) => `Read as: ${command}`,
  unclear: (text: string) => `“${text}” is not clear to Duncan. Try: “What does Visser owe us?”, “Mails of Visser”, “What is waiting for me?”, “Who is away?”`,
}

export type AssistantWords = typeof assistantEn
