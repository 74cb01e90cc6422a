/** The English data of Tesseract, which come without types. */
declare module "@tesseract.js-data/eng" {
  const data: {
    /** The directory with `eng.traineddata.gz`. */
    readonly langPath: string;
  };
  export = data;
}
