import { Button, Group, NativeSelect } from '@mantine/core';

export type Axis = 'x' | 'y' | 'z';

export interface ViewState {
  wireframe: boolean;
  box: boolean;
  measure: boolean;
  /** Where the part is cut open, 0..1 along an axis. */
  section: { axis: Axis; at: number } | undefined;
}

export const plainView: ViewState = { wireframe: false, box: false, measure: false, section: undefined };

/** The buttons below the part. Each has a key of its own while the picture has the focus. */
export function Tools({
  view,
  onView,
  onFit,
}: {
  view: ViewState;
  onView: (view: ViewState) => void;
  onFit: () => void;
}) {
  const toggle = (name: 'wireframe' | 'box' | 'measure', label: string) => (
    <Button
      size="xs"
      variant={view[name] ? 'filled' : 'default'}
      aria-pressed={view[name]}
      onClick={() => onView({ ...view, [name]: !view[name] })}
    >
      {label}
    </Button>
  );
  return (
    <>
      <Group gap={6} mt={8} role="group" aria-label="View">
        <Button size="xs" variant="default" onClick={onFit}>
          Fit
        </Button>
        {toggle('wireframe', 'Wireframe')}
        {toggle('box', 'Dimensions')}
        {toggle('measure', 'Measure')}
        <Button
          size="xs"
          variant={view.section ? 'filled' : 'default'}
          aria-pressed={view.section !== undefined}
          onClick={() => onView({ ...view, section: view.section ? undefined : { axis: 'x', at: 0.5 } })}
        >
          Section
        </Button>
      </Group>
      {view.section && (
        <SectionTools section={view.section} onSection={(section) => onView({ ...view, section })} />
      )}
    </>
  );
}

function SectionTools({
  section,
  onSection,
}: {
  section: NonNullable<ViewState['section']>;
  onSection: (section: NonNullable<ViewState['section']>) => void;
}) {
  return (
    <Group gap={12} mt={8} wrap="nowrap">
      <NativeSelect
        size="xs"
        aria-label="Section along"
        value={section.axis}
        onChange={(event) => onSection({ ...section, axis: event.currentTarget.value as Axis })}
        data={[
          { value: 'x', label: 'along X' },
          { value: 'y', label: 'along Y' },
          { value: 'z', label: 'along Z' },
        ]}
      />
      <input
        type="range"
        style={{ flex: 1, minWidth: 80 }}
        min={0}
        max={1}
        step={0.01}
        value={section.at}
        aria-label="Position of the section"
        onChange={(event) => onSection({ ...section, at: Number(event.currentTarget.value) })}
      />
    </Group>
  );
}
