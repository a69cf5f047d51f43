import { useEffect, useState, type RefObject } from 'react';

/** Leads to the sections of a long page. Which there are depends on the job and on who looks, so their headings are asked. */
export function JumpList({ within }: { within: RefObject<HTMLElement | null> }) {
  const [headings, setHeadings] = useState<HTMLHeadingElement[]>([]);
  useEffect(() => {
    const page = within.current;
    if (!page) return;
    const look = () =>
      setHeadings((before) => {
        const found = [...page.querySelectorAll<HTMLHeadingElement>('.card h2')];
        return found.length === before.length && found.every((each, index) => each === before[index])
          ? before
          : found;
      });
    look();
    const observer = new MutationObserver(look);
    observer.observe(page, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [within]);

  if (headings.length < 4) return null;
  return (
    <nav className="jumps" aria-label="On this page">
      {headings.map((heading, index) => (
        <button
          key={index}
          type="button"
          onClick={() => {
            heading.tabIndex = -1;
            heading.focus({ preventScroll: true });
            heading.scrollIntoView({ block: 'start' });
          }}
        >
          {heading.firstChild?.textContent?.trim()}
        </button>
      ))}
    </nav>
  );
}
