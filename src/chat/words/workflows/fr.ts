import type { WorkflowWords } from './en.ts'

export const workflowsFr: WorkflowWords = {
  standsOn: 'Suit',
  chosenBy: (name, day) => `choisi par ${name} le ${day} ; les règles n’y changent rien`,
  byRule: (rule, day) => `par la règle ${rule} depuis le ${day}`,
  ruleFits: (rule, title) => `Suggestion : ${title}, car la règle ${rule} s’applique`,
  noRuleFits: title => `Suggestion : ${title}, car aucune règle ne s’applique`,
  noRules: 'Aucune règle des paramètres ne nomme de scénario pour ce débiteur.',
  follows: 'C’est ce qui est suggéré.',
  accept: title => `Passer à « ${title} »`,
  other: 'En choisir un autre',
  segments: 'Segments suggérés dont ce débiteur ferait partie',
}
