import { endsAddress } from '#mail'
import type { Situation } from '../situation.ts'
import type { Handled, Handler } from './handler.ts'

/** More recipients than a person would ever look through on a card. */
const most = 20

/**
 * Stops mail to an address that is gone for good, at once, asks a person for a new one, and proposes to ask another contact of the debtor.
 * A mail that was refused or given up asks a person to send it another way; one that is only late is noted.
 */
export const bounce: Handler = situation => {
  const { input } = situation
  const bounced = input.bounced.slice(0, most).map(each => ({ ...each, address: each.recipient.toLowerCase(), isGone: endsAddress(each) }))
  return {
    actions:
      bounced.length === 0
        ? [unnamed]
        : bounced.flatMap(({ address, status, permanent, isLate, isGone, reason }) => [
            {
              kind: 'mark_address_bounced' as const,
              payload: { address, permanent: isGone, status, reason },
              evidence: input.reading.intents.flatMap(({ intent, evidence }) => (intent === 'bounce' && evidence ? [evidence] : [])),
              protective: true,
            },
            ...(isLate ? [] : [{ kind: 'create_task' as const, payload: isGone ? toFind(address) : toSendAgain(address, permanent, reason), evidence: [] }]),
          ]),
    ...askAnother(
      situation,
      bounced.filter(({ isGone }) => isGone).map(({ address }) => address),
    ), // prettier-ignore
  }
}

const unnamed = { kind: 'create_task' as const, payload: { about: { code: 'mail_came_back' as const } }, evidence: [] }

const toFind = (address: string) => ({ about: { code: 'find_address' as const, address } })

/** A mail that was refused for itself (too large, taken for spam), or that a server gave up, says nothing against its address. */
const toSendAgain = (address: string, permanent: boolean, reason: string) => ({
  about: { code: 'send_again' as const, address, refused: permanent },
  detail: reason,
})

const subjects = { en: 'Your email address', nl: 'Uw e-mailadres', fr: 'Votre adresse e-mail', de: 'Ihre E-Mail-Adresse', pl: 'Państwa adres e-mail' }

/** Asks a contact whom mail still reaches for a new address, where the debtor has one. */
function askAnother({ debtor, language }: Situation, gone: string[]): Handled {
  const contact = debtor?.contacts.find(({ email, verified, emailStatus }) => email !== null && verified && emailStatus === 'ok' && !gone.includes(email))
  const [address] = gone
  if (!contact?.email || address === undefined) return {}
  return { sections: [{ template: 'address_request', slots: { address } }], writeTo: { to: [contact.email], subject: subjects[language] } }
}
