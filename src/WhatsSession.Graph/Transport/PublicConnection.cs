using System.Net;
using System.Net.Sockets;

namespace WhatsSession.Transport;

/// <summary>
/// Connects to public addresses alone: a name that leads into the network of this machine, by mistake or by malice, is not followed.
/// The origin that the options name is exempt.
/// </summary>
internal static class PublicConnection
{
    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, Uri exempt, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (IsExempt(context, exempt))
            {
                await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var addresses = Array.FindAll(await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false), IsPublic);
                if (addresses.Length == 0)
                {
                    throw new HttpRequestException(HttpRequestError.ConnectionError, "The name leads to no public address.");
                }

                await socket.ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether the internet knows an address: not loopback, private, link-local, shared, multicast or reserved.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // 2000::/3 is what was given out; 2001:db8::/32 in it is for documents, 2002::/16 and 64:ff9b::/96 hide IPv4 addresses.
            Span<byte> six = stackalloc byte[16];
            address.TryWriteBytes(six, out _);
            return (six[0] & 0xE0) == 0x20 && !(six[0] == 0x20 && six[1] == 0x02) && !(six[0] == 0x20 && six[1] == 0x01 && six[2] == 0x0D && six[3] == 0xB8);
        }

        Span<byte> four = stackalloc byte[4];
        address.TryWriteBytes(four, out _);
        return (four[0], four[1]) switch
        {
            (0 or 10 or 127 or >= 224, _) => false,
            (100, >= 64 and <= 127) => false,
            (169, 254) => false,
            (172, >= 16 and <= 31) => false,
            (192, 168) => false,
            (192, 0) => false,
            (198, 18 or 19) => false,
            _ => true,
        };
    }

    // A connection to another place than the request's is one to a proxy, which the user chose.
    private static bool IsExempt(SocketsHttpConnectionContext context, Uri exempt)
    {
        var target = context.DnsEndPoint;
        return Is(target, exempt) || (context.InitialRequestMessage.RequestUri is { } asked && !Is(target, asked));
    }

    private static bool Is(DnsEndPoint target, Uri address) =>
        target.Port == address.Port && string.Equals(target.Host.Trim('[', ']'), address.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
}
