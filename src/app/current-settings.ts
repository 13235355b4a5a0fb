import { byMailKind, chatKind } from '#chat'
import { templatesKind } from '#drafting'
import { assignmentKind, lateChargesKind, workflowsKind } from '#dunning'
import { calendarOf, calendarsKind, currenciesKind, promisesKind } from '#ledger'
import { paymentLinksKind } from '#payments'
import { autonomyKind, disputesKind, type ProposalRules, shippedRules } from '#proposals'
import { modulesKind, type Settings } from '#settings'

/** The business settings that the parts ask for while they work, as this process read them last; before the first `read`, the shipped ones. */
export function currentSettings(settings: Pick<Settings, 'read'>) {
  let modules = modulesKind.schema.parse({})
  let chat = chatKind.schema.parse({})
  let byMail = byMailKind.schema.parse({})
  let rules: ProposalRules = shippedRules
  let assignment = assignmentKind.schema.parse({})
  let paymentLinks = paymentLinksKind.schema.parse({})

  return {
    modules: () => modules,
    chat: () => chat,
    byMail: () => byMail,
    rules: () => rules,
    assignment: () => assignment,
    paymentLinks: () => paymentLinks,
    read: async (): Promise<void> => {
      modules = await settings.read(modulesKind)
      chat = await settings.read(chatKind)
      byMail = await settings.read(byMailKind)
      assignment = await settings.read(assignmentKind)
      paymentLinks = await settings.read(paymentLinksKind)
      const [templates, calendars] = [await settings.read(templatesKind), await settings.read(calendarsKind)]
      const [reporting, workflows] = [await settings.read(currenciesKind), await settings.read(workflowsKind)]
      const [disputes, promises] = [await settings.read(disputesKind), await settings.read(promisesKind)]
      const [autonomy, lateCharges] = [await settings.read(autonomyKind), await settings.read(lateChargesKind)]
      rules = {
        templates,
        calendarOf: administration => calendarOf(calendars, administration),
        calendars,
        reporting,
        workflows,
        disputes,
        promises,
        autonomy,
        lateCharges,
      }
    },
  }
}
