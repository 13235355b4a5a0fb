import type { WorkflowWords } from './en.ts'

export const workflowsPl: WorkflowWords = {
  standsOn: 'Jest w',
  chosenBy: (name, day) => `wybór: ${name}, ${day}; reguły tego nie zmieniają`,
  byRule: (rule, day) => `według reguły ${rule} od ${day}`,
  ruleFits: (rule, title) => `Propozycja: ${title}, bo pasuje reguła ${rule}`,
  noRuleFits: title => `Propozycja: ${title}, bo nie pasuje żadna reguła`,
  noRules: 'Żadna reguła ustawień nie wskazuje procedury dla tego dłużnika.',
  follows: 'Tak właśnie brzmi propozycja.',
  accept: title => `Ustaw „${title}”`,
  other: 'Wybierz inną',
  segments: 'Proponowane segmenty, w których byłby ten dłużnik',
}
