import { useRef, useState } from 'react';
import { Icon } from './icons.tsx';

/** Takes files by drag or by the file dialog. */
export function FileDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])].filter((file) => file.size > 0);
    if (files.length > 0) onFiles(files);
    if (input.current) input.current.value = '';
  };
  return (
    <label
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Icon name="upload" size={24} />
      <span>
        <b>Drop your STL files here</b>, or click to choose them
      </span>
      <span>Several at once are fine, up to 500 MB each.</span>
      <input
        ref={input}
        className="sr-only"
        type="file"
        multiple
        accept=".stl,model/stl"
        aria-label="Files"
        onChange={(event) => take(event.currentTarget.files)}
      />
    </label>
  );
}
