import type { WorkflowWords } from './en.ts'

export const workflowsNl: WorkflowWords = {
  standsOn: 'Zit in',
  chosenBy: (name, day) => `gekozen door ${name} op ${day}; regels laten dat zo`,
  byRule: (rule, day) => `door de regel ${rule} sinds ${day}`,
  ruleFits: (rule, title) => `Voorstel: ${title}, omdat de regel ${rule} past`,
  noRuleFits: title => `Voorstel: ${title}, omdat geen regel past`,
  noRules: 'Geen regel van de instellingen noemt een aanmaanprocedure voor deze debiteur.',
  follows: 'Dat is wat wordt voorgesteld.',
  accept: title => `In “${title}” zetten`,
  other: 'Een andere kiezen',
  segments: 'Voorgestelde segmenten waarin deze debiteur zou vallen',
}
