/** Filled in by build.mjs: the font files, with the letters each of them has. */
declare const FONT_FILES: { path: string; weight: string; range: string }[];

const FAMILY = "ictbot Be Vietnam Pro";
/** Later than this a change of letters would move what a person is reading. */
const IN_TIME_MS = 400;

/** Loads the letters of the chat; when they come late, the system's stay for this visit. */
export async function loadFonts(origin: string): Promise<void> {
  const started = performance.now();
  const faces = FONT_FILES.map(
    ({ path, weight, range }) =>
      new FontFace(FAMILY, `url(${origin}${path})`, { weight, unicodeRange: range }),
  );
  try {
    await Promise.all(faces.map((face) => face.load()));
  } catch {
    return; // A website may allow no fonts from elsewhere.
  }
  if (performance.now() - started > IN_TIME_MS) return;
  for (const face of faces) document.fonts.add(face);
}
