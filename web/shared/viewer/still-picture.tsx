/** The picture drawn on the server: until the part can be turned, and where it never can. */
export function StillPicture({ src, name }: { src: string | undefined; name: string }) {
  return src === undefined ? (
    <div className="still" />
  ) : (
    <img className="still" src={src} alt={`Picture of ${name}`} />
  );
}
