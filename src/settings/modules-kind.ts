import { z } from 'zod'
import type { SettingsKind } from './kind.ts'

const isOn = (meaning: string) => z.boolean().default(true).describe(meaning)

const schema = z
  .strictObject({
    mailReading: isOn('Reads the mailboxes; off: nothing new is read, what waits to be sent still leaves'),
    importFolder: isOn('Imports the files that the ERP drops into DUNCAN_IMPORT_FOLDER; off: they wait there'),
    console: isOn('Serves the console in the browser; off: its pages answer that it is switched off'),
    languageModel: isOn('Lets a language model read mails too, where DUNCAN_LLM_MODEL names one; off: no mail text leaves the machine'),
  })
  .describe('Which parts of Duncan run; each can be off by itself, and a running Duncan takes changes up')

/** Which parts run. All are on unless the settings say otherwise. */
export const modulesKind = { name: 'modules', schema } satisfies SettingsKind<typeof schema>

export type Modules = z.output<typeof schema>
