import { workFigures } from '#chat'
import { createReports, readLogos, reportsKind } from '#reports'
import type { Ground } from './ground.ts'

/** The reports; they leave by the mailbox that asks for decisions where the settings name no other. `spare` is for when there is none. */
export const openReports = ({ database, client, queue, blobs, ops, clock, log, publicUrl, timeZone, settings, current }: Ground, spare?: string) =>
  createReports({
    database,
    queue,
    blobs,
    ops,
    clock,
    log,
    publicUrl,
    timeZone,
    calendars: () => current.rules().calendars,
    settings: async () => {
      const own = await settings.read(reportsKind)
      return { ...own, mailbox: own.mailbox ?? current.byMail().mailbox ?? spare }
    },
    logos: () => readLogos(settings),
    work: staff => workFigures({ client, clock, timeZone }, staff),
  })
