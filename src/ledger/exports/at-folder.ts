import { DuncanError, errorText } from '#platform'

/** Does the work on a folder of exports. Throws `export.folder` for what the disk refuses. */
export async function atFolder<T>(folder: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const remedy = 'Check that the folder exists, its rights, and the space on its disk.'
    throw new DuncanError('export.folder', `The export folder ${folder} cannot be written: ${errorText(error)}`, remedy, { cause: error })
  }
}
