/** Why a step is proposed, in English. */
export const whyEn = {
  steps: 'Why these steps',
  protective: 'protects the debtor, and was done at once',
  reply: 'answers the mail',
  reading: 'follows from what the mail says',
  now: 'Why now',
  waiting: (received: string) => `The mail came on ${received}; it waits since then for somebody to decide.`,
  decided: (received: string) => `The mail came on ${received}; it is decided.`,
  title: (name: string) => `Why this step for ${name}`,
  order: 'Looked at in this order; the first that is not empty decides:',
  help: 'why Duncan proposed this, or why this is the next step for a debtor',
  button: 'Why this step?',
}

export type WhyWords = typeof whyEn
