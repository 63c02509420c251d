package io.paodin.monitoring.cli;

import java.util.List;

/** What is in the files that somebody gave, as far as it matters here. */
record Documents(List<Examined> resources, GivenSecrets secrets) {}
