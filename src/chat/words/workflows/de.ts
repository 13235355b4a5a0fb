import type { WorkflowWords } from './en.ts'

export const workflowsDe: WorkflowWords = {
  standsOn: 'Läuft in',
  chosenBy: (name, day) => `von ${name} am ${day} gewählt; Regeln lassen es so`,
  byRule: (rule, day) => `durch die Regel ${rule} seit ${day}`,
  ruleFits: (rule, title) => `Vorschlag: ${title}, weil die Regel ${rule} zutrifft`,
  noRuleFits: title => `Vorschlag: ${title}, weil keine Regel zutrifft`,
  noRules: 'Keine Regel der Einstellungen nennt für diesen Debitor ein Mahnverfahren.',
  follows: 'Das entspricht dem Vorschlag.',
  accept: title => `In „${title}“ setzen`,
  other: 'Ein anderes wählen',
  segments: 'Vorgeschlagene Segmente, in die dieser Debitor fiele',
}
