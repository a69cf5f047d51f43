import { Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { Icon } from './icons.tsx';
import { filesOfDrop, unpackArchives } from './chosen-files.ts';

/** Names only guide the file dialog; what a file is, the check tells from its bytes. */
const accepted =
  '.stl,.obj,.ply,.3mf,.step,.stp,.iges,.igs,.3dm,.dxf,.svg,.pdf,.png,.jpg,.jpeg,.webp,.gif,.zip,model/*,image/*,application/pdf';

/** Takes files by drag or by the file dialog; folders and ZIP archives become their parts. */
export function FileDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const [unpacking, setUnpacking] = useState(false);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const take = async (chosen: Promise<File[]> | File[]) => {
    setUnpacking(true);
    try {
      const { files, notes: found } = await unpackArchives(await chosen);
      setNotes(found);
      if (files.length > 0) onFiles(files);
    } catch {
      setNotes(['These files could not be read. Choose them once more.']);
    } finally {
      setUnpacking(false);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <>
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
          void take(filesOfDrop(event.dataTransfer));
        }}
      >
        <Icon name="upload" size={24} />
        <span>
          <b>{unpacking ? 'Reading your files…' : 'Drop your files here'}</b>
          {!unpacking && ', or click to choose them'}
        </span>
        <span>
          STL, 3MF, OBJ, PLY, STEP, IGES, 3DM for parts; DXF and SVG for laser and mill; pictures and PDFs.
          Several at once, folders and ZIPs are fine, up to 500 MB each.
        </span>
        <input
          ref={input}
          className="sr-only"
          type="file"
          multiple
          accept={accepted}
          aria-label="Files"
          onChange={(event) => void take([...(event.currentTarget.files ?? [])])}
        />
      </label>
      <div role="status">
        {notes.map((note) => (
          <Text key={note} size="sm" mt={6}>
            {note}
          </Text>
        ))}
      </div>
    </>
  );
}
