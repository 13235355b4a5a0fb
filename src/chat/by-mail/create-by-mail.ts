import type { Router } from 'express'
import type { MessageModel } from '#platform'
import { createDecisionPage } from '../console/decision-page.ts'
import { type AskDeps, askByMail } from './ask.ts'
import { type AsItCame, type TakeDeps, takeMail } from './take-mail.ts'

export type ByMailDeps = AskDeps & TakeDeps

export type ByMail = {
  /** The page that links lead to; it is there whether or not the console is. */
  router: Router
  /** Asks everybody what waits for them, as the settings say. May be called any number of times; returns how many mails left. */
  ask: () => Promise<number>
  /** Takes a mail that belongs to such a question; false for every other one. */
  take: (message: MessageModel, came?: AsItCame) => Promise<boolean>
}

/** Decisions by mail, for when the chat platforms are away: the same questions, rights and votes as everywhere. */
export const createByMail = (deps: ByMailDeps): ByMail => ({
  router: createDecisionPage(deps),
  ask: () => askByMail(deps),
  take: (message, came) => takeMail(deps, message, came),
})
