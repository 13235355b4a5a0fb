/** How many calls to a bureau run side by side: enough to use the waiting, few enough to be a good guest. */
export const width = 4
