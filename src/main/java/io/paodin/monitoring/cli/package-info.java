/**
 * The command line: {@code operator} runs the process, the other commands read resources from files, use {@code model}
 * and {@code render} as the operator does, and print. They need no cluster. Results go to stdout, everything else to
 * stderr.
 */
package io.paodin.monitoring.cli;
