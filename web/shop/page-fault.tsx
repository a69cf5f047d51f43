import { Button, Text, Title } from '@mantine/core';

/** When a page can not be shown at all: most often Kerf was renewed meanwhile, and the page is of the version before. */
export function PageFault() {
  return (
    <main className="narrow">
      <title>Load the page again · Kerf</title>
      <Title order={1} size="h2" mb="sm">
        This page did not load
      </Title>
      <Text mb="md">Kerf may have been renewed in the meantime. What you saved is safe.</Text>
      <Button onClick={() => location.reload()}>Load it again</Button>
    </main>
  );
}
