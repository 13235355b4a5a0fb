import { peopleConfig } from '#people'

/** How a chat of the tests speaks, and what it tells people of their sessions and limits. */
export const chatSettings = {
  language: 'en',
  timeZone: 'Europe/Amsterdam',
  publicUrl: 'http://duncan.example',
  sessionRules: peopleConfig.parse({}),
  reportingCurrency: () => 'EUR',
}
