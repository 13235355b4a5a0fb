import type { WhyWords } from './en.ts'

/** Why a step is proposed, in German. */
export const whyDe: WhyWords = {
  steps: 'Warum diese Schritte',
  protective: 'schützt den Debitor und wurde sofort getan',
  reply: 'beantwortet die Mail',
  reading: 'folgt aus dem, was die Mail sagt',
  now: 'Warum jetzt',
  waiting: (received: string) => `Die Mail kam am ${received}; seitdem wartet sie auf eine Entscheidung.`,
  decided: (received: string) => `Die Mail kam am ${received}; es ist entschieden.`,
  title: (name: string) => `Warum dieser Schritt für ${name}`,
  order: 'In dieser Reihenfolge betrachtet; das Erste, das nicht leer ist, entscheidet:',
  help: 'warum Duncan das vorschlug, oder warum das der nächste Schritt für einen Debitor ist',
  button: 'Warum dieser Schritt?',
}
