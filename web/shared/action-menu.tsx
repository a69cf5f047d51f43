import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';

export interface MenuAction {
  label: string;
  act: () => void;
}

/** A button that opens a short list of further buttons. Esc, a click elsewhere or leaving by Tab closes it. */
export function ActionMenu({ word, actions }: { word: string; actions: MenuAction[] }) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const listId = useId();

  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: Event) => {
      if (!frame.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [open]);

  return (
    <div
      ref={frame}
      className="action-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        opener.current?.focus();
      }}
    >
      <Button
        ref={opener}
        variant="default"
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        {word}
      </Button>
      <ul id={listId} hidden={!open}>
        {actions.map(({ label, act }) => (
          <li key={label}>
            <button
              type="button"
              onClick={() => {
                setOpen(false);
                act();
              }}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
