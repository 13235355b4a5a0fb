import { z } from 'zod'

/** When and where the scheduled stories run. */
export const flowsConfig = z.object({
  DUNCAN_IMPORT_FOLDER: z.string().min(1).optional().describe('Folder into which the ERP drops its export files; imported files move to its done/ folder'),
  DUNCAN_IMPORT_SCHEDULE: z.string().min(1).default('*/5 * * * *').describe('When that folder is looked at (cron, five or six fields)'),
  DUNCAN_RATES_URL: z
    .url()
    .default('https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml')
    .describe('Where exchange rates are fetched when the settings say so (currencies.source: ecb)'),
})
export type FlowsConfig = z.infer<typeof flowsConfig>
