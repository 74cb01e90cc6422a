/** @param {string} text */
export const loud = (text) => text.toUpperCase();
