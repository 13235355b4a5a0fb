import { consoleUrl } from '#chat'
import { createMollie, type PaymentLinkRules, paymentLinksKind, payPagesUrl } from '#payments'
import { createSecrets, type Database } from '#platform'
import { createSettings } from '#settings'
import { type AppConfig, settingsKinds } from '../../app.ts'
import type { Check, Finding } from './run-checks.ts'

/** Whether debtors reach the pages to pay on, and whether they can pay there; one line where no reminder has a link. */
export async function paymentChecks(config: AppConfig, { client }: Database): Promise<Check[]> {
  const settings = createSettings({ client, kinds: settingsKinds })
  const rules = await settings.read(paymentLinksKind).catch(() => undefined)
  const codes = Object.keys(rules?.administrations ?? {})
  if (!rules || codes.length === 0) return [{ name: 'links to pay', run: async () => 'off' }]
  return [
    { name: 'links to pay', run: () => checkPages(config, client, codes) },
    { name: 'payment provider', run: () => checkProvider(config, rules) },
  ]
}

async function checkPages(config: AppConfig, client: Database['client'], codes: string[]): Promise<Finding> {
  createSecrets(config).requireKey()
  const url = payPagesUrl(config, consoleUrl(config))
  if (!url.startsWith('https:'))
    return {
      warning: `links lead to ${url}, which debtors cannot reach safely.`,
      remedy: 'Set DUNCAN_PAY_URL to an https address that leads to /pay of Duncan.',
    }
  const without = await client.administration.findMany({ where: { code: { in: codes }, iban: null }, select: { code: true }, orderBy: { code: 'asc' } })
  if (without.length === 0) return `they lead to ${url}/pay`
  const names = without.map(({ code }) => code).join(', ')
  return {
    warning: `pages of ${names} name no account.`,
    remedy: `Set iban under administrations in the settings: a transfer is the way to pay that always works.`,
  }
}

async function checkProvider({ DUNCAN_PAYMENT_KEY: key, DUNCAN_PAYMENT_URL: url }: AppConfig, { methods }: PaymentLinkRules): Promise<Finding> {
  if (!key) return { warning: 'there is none: pages tell how to pay by bank transfer alone.', remedy: 'Set DUNCAN_PAYMENT_KEY.' }
  const offered = await createMollie({ url, key }).methods()
  const unknown = [...new Set(Object.values(methods).flat())].filter(method => !offered.includes(method))
  if (unknown.length === 0) return `answers; offers ${offered.join(', ')}`
  return { warning: `it does not offer ${unknown.join(', ')}.`, remedy: 'Take them out of paymentLinks.methods, or switch them on at the provider.' }
}
