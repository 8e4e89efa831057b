package io.dtx.runtime.log.raft;

import static java.util.Map.entry;

import com.alipay.sofa.jraft.rpc.RpcRequests;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What members say to each other: a tag and a protobuf message of consensus. Only these are understood; what changes a cluster
 * or stops a member in the library's own protocol has no tag. Tags are never reused.
 */
final class RpcMessages {

    private static final Map<Byte, Message> PROTOTYPES = Map.ofEntries(
            entry((byte) 1, RpcRequests.AppendEntriesRequest.getDefaultInstance()),
            entry((byte) 2, RpcRequests.AppendEntriesResponse.getDefaultInstance()),
            entry((byte) 3, RpcRequests.RequestVoteRequest.getDefaultInstance()),
            entry((byte) 4, RpcRequests.RequestVoteResponse.getDefaultInstance()),
            entry((byte) 5, RpcRequests.TimeoutNowRequest.getDefaultInstance()),
            entry((byte) 6, RpcRequests.TimeoutNowResponse.getDefaultInstance()),
            entry((byte) 7, RpcRequests.InstallSnapshotRequest.getDefaultInstance()),
            entry((byte) 8, RpcRequests.InstallSnapshotResponse.getDefaultInstance()),
            entry((byte) 9, RpcRequests.GetFileRequest.getDefaultInstance()),
            entry((byte) 10, RpcRequests.GetFileResponse.getDefaultInstance()),
            entry((byte) 11, RpcRequests.ReadIndexRequest.getDefaultInstance()),
            entry((byte) 12, RpcRequests.ReadIndexResponse.getDefaultInstance()),
            entry((byte) 13, RpcRequests.ErrorResponse.getDefaultInstance()));

    /** The first byte of a part of a message that is longer than the transport takes. */
    static final byte PART = 64;

    private static final Map<Class<?>, Byte> TAGS = PROTOTYPES.entrySet().stream()
            .collect(java.util.stream.Collectors.toUnmodifiableMap(
                    each -> each.getValue().getClass(), Map.Entry::getKey));

    private RpcMessages() {}

    static byte[] encode(Message message) {
        Byte tag = TAGS.get(message.getClass());
        if (tag == null) {
            throw new IllegalArgumentException("DTX-5212 members do not say " + message.getClass());
        }
        byte[] bytes = new byte[1 + message.getSerializedSize()];
        bytes[0] = tag;
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, 1, bytes.length - 1);
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no input or output
        }
        return bytes;
    }

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Message decode(byte[] bytes) {
        Message prototype = bytes.length == 0 ? null : PROTOTYPES.get(bytes[0]);
        if (prototype == null) {
            throw new IllegalArgumentException("DTX-5212 a message of a member is not understood");
        }
        try {
            return prototype.getParserForType().parseFrom(bytes, 1, bytes.length - 1);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("DTX-5212 a message of a member is not understood", e);
        }
    }
}
