/** A deletion this near is told in the colour of what can be lost. */
export const nearDays = 7
