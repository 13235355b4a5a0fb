/** Which dunning workflow a debtor is on, who said so and what is suggested, in English. */
export const workflowsEn = {
  standsOn: 'Is on',
  chosenBy: (name: string, day: string) => `chosen by ${name} on ${day}; rules leave it so`,
  byRule: (rule: string, day: string) => `by the rule ${rule} since ${day}`,
  ruleFits: (rule: string, title: string) => `Suggested: ${title}, as the rule ${rule} fits`,
  noRuleFits: (title: string) => `Suggested: ${title}, as no rule fits`,
  noRules: 'No rule of the settings names a workflow for this debtor.',
  follows: 'It is on what is suggested.',
  accept: (title: string) => `Put on “${title}”`,
  other: 'Choose another one',
  segments: 'Suggested segments that this debtor would be in',
}

export type WorkflowWords = typeof workflowsEn
