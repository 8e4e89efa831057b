/**
 * Sessions across processes: what a member answers, and how a process without a log of its own asks the members. Bytes go in
 * and bytes come out; how they travel is a {@link io.dtx.runtime.session.MemberChannel}'s affair. May see the coordinator, the
 * log's byte formats, the network and the protocol. Read {@link io.dtx.runtime.session.MemberService} first, then {@link
 * io.dtx.runtime.session.MembersLink}.
 */
@NullMarked
package io.dtx.runtime.session;

import org.jspecify.annotations.NullMarked;
