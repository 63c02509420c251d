/**
 * The first contact: {@code ./mvnw -Ptry} runs the packaged operator on an embedded API server and shows a sample
 * becoming Ready. Nothing of it is in the operator's artefact.
 */
package io.paodin.monitoring.tryout;
