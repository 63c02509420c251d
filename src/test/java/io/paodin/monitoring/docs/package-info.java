/**
 * Keeps the documentation true: what can be generated is, and what is written by hand is checked against the tree.
 */
package io.paodin.monitoring.docs;
