import { type AlertView, type CreditRules, companyLink, type PositionView, positionOf } from '#credit'
import { type DebtorHolds, standingHoldsOf, type Workflows, workflowOf, workflowTitle } from '#dunning'
import { fullSight } from '#people'
import type { Clock, DbClient } from '#platform'
import { type EntryView, entriesWaitingOf } from '#proposals'
import { type NextStep, nextStepOf } from '#search'

/** What stands around an alert: where its company is at the bureau and, where it is about one debtor, what happens to that one next. */
export type AlertNext = {
  /** The company's page at its bureau. */
  link: string | undefined
  debtor:
    | {
        /** Title of the dunning workflow; its key where the settings have it no more. */
        workflow: string | undefined
        holds: DebtorHolds
        stance: PositionView['stance'] | undefined
        waiting: EntryView[]
        step: NextStep | undefined
        /** Whether the settings have a workflow to choose. */
        hasWorkflows: boolean
      }
    | undefined
}

export type NextDeps = {
  client: DbClient
  clock: Clock
  timeZone: string
  workflows: () => Workflows
  credit?: { rules: () => Promise<Pick<CreditRules, 'bureaus' | 'link'>> } | undefined
}

/** Reads what stands around an alert now, of the debtors that its view shows. */
export async function readNext({ client, clock, timeZone, workflows, credit }: NextDeps, alert: AlertView): Promise<AlertNext> {
  const link = credit && companyLink(await credit.rules(), alert.company)
  const [only, ...others] = alert.debtors
  if (!only || others.length > 0) return { link, debtor: undefined }
  const known = workflows()
  const assigned = await workflowOf(client, only.id)
  return {
    link,
    debtor: {
      workflow: workflowTitle(known, assigned),
      holds: await standingHoldsOf(client, only.id, clock.today(timeZone)),
      // Whoever sees the alert of this debtor sees the debtor.
      stance: (await positionOf(client, fullSight, only.id))?.stance,
      waiting: await entriesWaitingOf(client, fullSight, only.id),
      step: await nextStepOf(client, { sight: { administrations: [alert.administration.code], mailboxes: [] }, clock }, only.id),
      hasWorkflows: Object.values(known).some(({ administrations: of }) => of.length === 0 || of.includes(alert.administration.code)),
    },
  }
}
