/** Font files in base64, by name. */
declare const files: Record<string, string>;
export default files;
