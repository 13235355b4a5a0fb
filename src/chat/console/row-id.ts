import { z } from 'zod'

/** The id of a row as an address carries it; a number that no row can have is refused before the database is asked. */
export const rowId = z.coerce.number().int().positive().max(2_147_483_647)
